// Drives a server of the images API with the openai package and prints what it understood as JSON.
// Usage: node openai.mjs http://127.0.0.1:18099
import OpenAI, { toFile } from 'openai';

const client = new OpenAI({ apiKey: 'x', baseURL: process.argv[2] + '/v1', maxRetries: 2 });
const asked = { model: 'simulated', prompt: 'a red house', size: '64x64' };

const whole = await client.images.generate({ ...asked, n: 2 });
const byAddress = await client.images.generate({ ...asked, response_format: 'url' });
const fetched = await fetch(byAddress.data[0].url);

const events = [];
let streamed;
for await (const event of await client.images.generate({ ...asked, stream: true, partial_images: 2 })) {
  events.push(event.type);
  streamed = event;
}

const picture = Buffer.from(whole.data[0].b64_json, 'base64');
const edited = await client.images.edit({
  model: 'simulated',
  prompt: 'a blue house',
  image: await toFile(picture, 'image.png', { type: 'image/png' }),
});

let refused;
try {
  await client.images.generate({ ...asked, n: 11 });
} catch (error) {
  refused = { name: error.constructor.name, status: error.status, code: error.code, request: error.requestID ?? null };
}

console.log(
  JSON.stringify({
    pictures: whole.data.length,
    bytes: picture.length,
    outputTokens: whole.usage.output_tokens,
    request: whole._request_id,
    fetched: { status: fetched.status, type: fetched.headers.get('content-type') },
    events,
    streamedTokens: streamed.usage.output_tokens,
    edited: edited.data.length,
    refused,
  }),
);

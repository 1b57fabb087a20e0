// An authorization server that nobody of this project wrote, on a free port of this machine.
// Prints its address; ends with its standard input. The user name "nobody" is refused.
import { OAuth2Server } from 'oauth2-mock-server';

const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, '127.0.0.1');
server.service.on('beforeResponse', (answer, request) => {
  if (request.body.username === 'nobody') {
    answer.body = { error: 'invalid_grant', error_description: 'Unknown user' };
    answer.statusCode = 400;
  }
});
console.log(`http://127.0.0.1:${server.address().port}`);
process.stdin.resume();
process.stdin.on('end', () => server.stop());
